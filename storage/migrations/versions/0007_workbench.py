"""revisions, comments, drafts, users, sign-ins, settings

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('who', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('made', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('who', 'kind', 'target_id')
    )
    op.create_table('settings',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('name')
    )
    op.create_table('users',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('password', sa.String(length=400), nullable=False),
    sa.Column('made', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('name')
    )
    op.create_table('sign_ins',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('expires', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('key')
    )
    with op.batch_alter_table('sign_ins') as batch:
        batch.create_index('ix_sign_ins_user_id', ['user_id'], unique=False)

    op.create_table('comments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('segment_id', sa.Integer(), nullable=False),
    sa.Column('who', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('settled', sa.Boolean(), nullable=False),
    sa.Column('made', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['segment_id'], ['segments.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('comments') as batch:
        batch.create_index('ix_comments_segment_id', ['segment_id'], unique=False)

    op.create_table('revisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('segment_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('target', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('engine', sa.String(length=200), nullable=False),
    sa.Column('who', sa.String(length=200), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('made', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['segment_id'], ['segments.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('revisions') as batch:
        batch.create_index('ix_revisions_made', ['made'], unique=False)
        batch.create_index('ix_revisions_segment_id', ['segment_id'], unique=False)

    with op.batch_alter_table('segments') as batch:
        batch.create_index('ix_segments_source', ['source'], unique=False, postgresql_using='hash')

    with op.batch_alter_table('translations') as batch:
        batch.create_index('ix_translations_state', ['state'], unique=False)
        batch.create_index('ix_translations_updated', ['updated'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('translations') as batch:
        batch.drop_index('ix_translations_updated')
        batch.drop_index('ix_translations_state')

    with op.batch_alter_table('segments') as batch:
        batch.drop_index('ix_segments_source', postgresql_using='hash')

    with op.batch_alter_table('revisions') as batch:
        batch.drop_index('ix_revisions_segment_id')
        batch.drop_index('ix_revisions_made')

    op.drop_table('revisions')
    with op.batch_alter_table('comments') as batch:
        batch.drop_index('ix_comments_segment_id')

    op.drop_table('comments')
    with op.batch_alter_table('sign_ins') as batch:
        batch.drop_index('ix_sign_ins_user_id')

    op.drop_table('sign_ins')
    op.drop_table('users')
    op.drop_table('settings')
    op.drop_table('drafts')
