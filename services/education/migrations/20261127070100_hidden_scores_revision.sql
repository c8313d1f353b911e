-- A score that is shown again keeps its row, with the revision of the change: an earlier change that comes late is known
-- by it.
alter table hidden_scores
  add column hidden boolean not null default true,
  add column revision int not null default 0;
