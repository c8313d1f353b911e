-- Whether somebody learns in the course no more; their work and grades stay. The revision is the enrolment's.
alter table course_learners add column ended boolean not null default false;
alter table course_learners add column revision int not null default 1;
