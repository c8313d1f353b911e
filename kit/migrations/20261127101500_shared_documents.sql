-- Documents that several people write at once (kit/shared-documents.ts): of which parts each consists. The parts
-- themselves are documents.

create table shared_documents (
  organization_id uuid not null,
  id uuid not null,
  -- Of all its parts.
  bytes integer not null default 0,
  primary key (organization_id, id)
);
select protect_by_organization('shared_documents');

create table shared_document_parts (
  organization_id uuid not null,
  document_id uuid not null,
  part_id uuid not null,
  bytes integer not null,
  primary key (organization_id, document_id, part_id),
  foreign key (organization_id, document_id) references shared_documents (organization_id, id) on delete cascade
);
select protect_by_organization('shared_document_parts');
