/**
 * Makes 100,000 hazards of one street inside the database, a fiftieth of them still open. `?1` is the street, `?2`
 * three places as JSON, each of community, grid and enterprise (or null), `?3` a year whose numbers are free.
 */
export const hundredThousandHazards = `
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000),
    placed as (select i, json_extract(?2, '$[' || (i % 3) || ']') as spot, (i % 50 = 0) as live from n)
  insert into hazards (street_id, id, number, year, serial, community_id, grid_id, enterprise_id, place, category, sector, source,
    self_found, description, level, state, open, round, due_on, responsible_id, responsible, measures, filed_by, rectifiers, checkers,
    observed_at, received_at, closed_at, version, head)
  select ?1, printf('haz_large%06d', i), printf('测试隐患〔%d〕%05d', ?3, i), ?3, i, json_extract(spot, '$[0]'), json_extract(spot, '$[1]'),
    json_extract(spot, '$[2]'), '某处', iif(i % 7, 'wiring', 'other'), 'fire', 'street-check', 0, '说明', iif(i % 97, 'ordinary', iif(i % 2, 'suspected', 'major')),
    iif(live, 'assigned', 'closed'), live, 1, date('2025-01-01', '+' || (i % 700) || ' days'), null, '某人', '整改', 'usr_large00000', '[]', '[]',
    1735700000000 + i * 500000, 1735700000000 + i * 500000, iif(live, null, 1735700000000 + i * 510000), 1, ''
  from placed`

/** Makes 3,000 units of a street: `?1` is the street, `?2` three places as JSON, each of community and grid. */
export const threeThousandUnits = `with recursive n(i) as (select 0 union all select i + 1 from n where i < 2999)
        insert into enterprises(street_id, id, community_id, grid_id, name, address, kind, sectors, high_risk, crowded, standing, colour)
        select ?1, printf('ent_large%011d', i), json_extract(?2, '$[' || (i % 3) || '][0]'), json_extract(?2, '$[' || (i % 3) || '][1]'),
          printf('单位%04d', (i * 7) % 3000), '示例路', iif(i % 4 = 0, 'individual', 'enterprise'),
          iif(i % 10 = 0, '["fire","gas"]', '["fire"]'), iif(i % 50 = 0, '储存危险化学品', null), i % 20 = 0,
          iif(i % 30 = 0, 'closed', 'active'), iif(i % 5 = 0, 'red', null) from n`

/** And a line for each of their sectors, by which they are found: `?1` is the street. */
export const sectorsOfUnits = `insert into enterprise_sectors(street_id, sector, name, enterprise_id)
        select e.street_id, s.value, e.name, e.id from enterprises e, json_each(e.sectors) s where e.street_id = ?1 and e.id like 'ent_large%'`

/**
 * Makes 2,000 signed checks of a street's units: `?1` is the street, `?2` three places as JSON, each of community, grid
 * and unit, `?3` a unit as it was written down, `?4` a checklist.
 */
export const twoThousandChecks = `with recursive n(i) as (select 0 union all select i + 1 from n where i < 1999)
      insert into inspections(street_id, id, kind, enterprise_id, community_id, grid_id, unit, template_id, template_version,
        by, role, others, observed_at, received_at, answers, findings, ending, words_digest, version, latest, hash)
      select ?1, printf('insp_large%010d', i), iif(i % 5 = 0, 'special', 'patrol'), json_extract(?2, '$[' || (i % 3) || '][2]'),
        json_extract(?2, '$[' || (i % 3) || '][0]'), json_extract(?2, '$[' || (i % 3) || '][1]'), ?3, ?4, 1,
        'usr_somebody0000', 'inspector', '["usr_another0000","usr_third000000"]', 1760000000000 + i, 1760000000000 + i,
        '[]', 0, iif(i % 7 = 0, 'refused', 'signed'), '', 1, 1, '' from n`
