-- Texts that several questions of a quiz are about (decision 0056). A text that was asked about can still be changed:
-- a version of a question names the version of its text, and the versions that none names any more are deleted.
create table passages (
  id uuid not null,
  version int not null,
  organization_id uuid not null,
  quiz_id uuid not null references quizzes on delete cascade,
  content text not null,
  -- Whether the questions under it come in another order in each attempt.
  shuffle boolean not null,
  primary key (id, version)
);
create index passages_of_quiz on passages (quiz_id);

alter table questions
  add column passage_id uuid,
  add column passage_version int,
  add foreign key (passage_id, passage_version) references passages match full;
alter table question_versions
  add column passage_id uuid,
  add column passage_version int,
  add foreign key (passage_id, passage_version) references passages match full;
create index questions_of_passage on questions (passage_id) where passage_id is not null;
create index question_versions_of_passage on question_versions (passage_id) where passage_id is not null;

select protect_by_organization('passages');
