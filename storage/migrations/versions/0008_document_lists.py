"""places that wait for a person, and an index that lists of documents are read from

Revision: 0008, after 0007.
"""

import json

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('documents') as batch:
        batch.add_column(sa.Column('waiting', sa.Integer(), server_default='0', nullable=False))
        batch.add_column(sa.Column('version', sa.Integer(), server_default='0', nullable=False))
        batch.create_index('ix_documents_list', ['name', 'damage', 'waiting', 'added', 'version'], unique=False)
    _count_waiting(op.get_bind())


def downgrade() -> None:
    with op.batch_alter_table('documents') as batch:
        batch.drop_index('ix_documents_list')
        batch.drop_column('version')
        batch.drop_column('waiting')


def _count_waiting(connection) -> None:
    """Places of the documents that are here already, as count_waiting of documents/decisions.py would count them."""
    documents = sa.table('documents', sa.column('id'), sa.column('ledger'), sa.column('waiting'))
    decisions = sa.table('decisions', sa.column('document_id'), sa.column('key'), sa.column('action'))
    with_proposals = sa.select(documents.c.id).where(documents.c.ledger.contains('"applied": false', autoescape=True))
    for number in connection.execute(with_proposals).scalars().all():
        made = sa.select(decisions.c.key, decisions.c.action).where(decisions.c.document_id == number)
        action = dict(connection.execute(made).all())
        ledger = connection.execute(sa.select(documents.c.ledger).where(documents.c.id == number)).scalar_one()
        proposed, decided = set(), set()
        for line in filter(None, ledger.split('\n')):
            edit = json.loads(line)
            key = f"{edit['start']}-{edit['end']}:{edit['kind']}:{edit['replacement']}"
            if action.get(key) == 'accept':
                decided.add((edit['start'], edit['end']))
            elif not edit['applied'] and action.get(key) != 'restore':
                proposed.add((edit['start'], edit['end']))
        connection.execute(
            documents.update().where(documents.c.id == number).values(waiting=len(proposed - decided))
        )
