-- Fingerprints of the words of essays (services/assessment/similarity), by which answers that share passages are found.
-- They go with the answer, and the answer with its attempt.
create table essay_prints (
  answer_id uuid primary key references answers_to_mark on delete cascade,
  organization_id uuid not null,
  prints bigint[] not null
);
create index essay_prints_by_print on essay_prints using gin (prints);
select protect_by_organization('essay_prints');

-- Whether the prints were taken: of what is no essay they are not, and it is not asked again.
alter table answers_to_mark add column printed boolean not null default false;
create index answers_to_mark_unprinted on answers_to_mark (id) where not printed and marker = 'person';
