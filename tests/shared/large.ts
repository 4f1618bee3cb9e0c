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
