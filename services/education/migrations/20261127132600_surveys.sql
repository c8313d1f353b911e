-- Copies of what assessment owns, fed by its events: which quizzes are surveys, so that a lesson is named by what it is. A
-- quiz that is no survey any more keeps its row, with the revision of the change: an earlier change that comes late is
-- known by it.
create table surveys (
  organization_id uuid not null,
  quiz_id uuid primary key,
  course_id uuid not null,
  survey boolean not null,
  revision int not null
);
create index surveys_of_course on surveys (course_id);

select protect_by_organization('surveys');
