-- Events that were given up, which an operator counts and retries.
create index inbox_failed on inbox (organization_id, id) where failed_at is not null;
