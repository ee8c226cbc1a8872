"""translation memory

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('memory_units',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('identity', sa.String(length=32), nullable=False),
    sa.Column('source_key', sa.String(length=32), nullable=False),
    sa.Column('context', sa.String(length=32), nullable=False),
    sa.Column('request', sa.String(length=64), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('target', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('engine', sa.String(length=200), nullable=False),
    sa.Column('glossary', sa.String(length=64), nullable=False),
    sa.Column('who', sa.String(length=200), nullable=False),
    sa.Column('document', sa.String(length=400), nullable=False),
    sa.Column('outcomes', sa.JSON(), nullable=False),
    sa.Column('made', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('identity')
    )
    with op.batch_alter_table('memory_units', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_memory_units_source_key'), ['source_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_memory_units_request'), ['request'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('memory_units', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_memory_units_request'))
        batch_op.drop_index(batch_op.f('ix_memory_units_source_key'))

    op.drop_table('memory_units')
