"""engine profiles, seconds of a translation

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
    with op.batch_alter_table('translations') as batch:
        batch.add_column(sa.Column('seconds', sa.Float(), server_default='0', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('translations') as batch:
        batch.drop_column('seconds')
    op.drop_table('engine_profiles')
