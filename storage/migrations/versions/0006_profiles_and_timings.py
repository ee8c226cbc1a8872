"""engine profiles, seconds of a translation, finished documents

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('engine_profiles',
    sa.Column('engine', sa.String(length=200), nullable=False),
    sa.Column('way', sa.String(length=20), nullable=False),
    sa.Column('sent', sa.Integer(), nullable=False),
    sa.Column('kept', sa.Integer(), nullable=False),
    sa.Column('made', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('engine', 'way')
    )
    op.create_table('finished_documents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('ledger', sa.Text(), nullable=False),
    sa.Column('files', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('document_id')
    )
    with op.batch_alter_table('translations') as batch:
        batch.add_column(sa.Column('seconds', sa.Float(), server_default='0', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('translations') as batch:
        batch.drop_column('seconds')
    op.drop_table('finished_documents')
    op.drop_table('engine_profiles')
