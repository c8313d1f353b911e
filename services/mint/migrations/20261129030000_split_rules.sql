-- How the money of a sale is shared out, as versions: a row is never changed, and a booking names the one it was made by.
create table split_rules (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  version int not null check (version > 0),
  valid_from timestamptz not null,
  -- Hundredths of a per cent: the tax that the price includes, and the shares of what is left.
  tax_basis_points int not null check (tax_basis_points between 0 and 10000),
  platform_basis_points int not null check (platform_basis_points >= 0),
  school_basis_points int not null check (school_basis_points >= 0),
  instructor_basis_points int not null check (instructor_basis_points >= 0),
  created_by uuid,
  created_at timestamptz not null default clock_timestamp(),
  primary key (organization_id, id),
  unique (organization_id, name, version),
  unique (organization_id, name, valid_from),
  check (platform_basis_points + school_basis_points + instructor_basis_points = 10000)
);
create trigger append_only before update or delete or truncate on split_rules
  for each statement execute function refuse_change();
select protect_by_organization('split_rules');
