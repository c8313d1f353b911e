-- What the author allows beside a quiz. The sheet is HTML that was cleaned; empty for none.
alter table quizzes
  add column calculator boolean not null default false,
  add column formula_sheet text not null default '';
