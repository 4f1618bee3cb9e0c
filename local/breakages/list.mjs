/**
 * Edits that would each let somebody where he does not belong, or let it go unseen, and the tests that must turn red.
 * `edits` are exact texts that stand once in the file; `in` are test files and `only` a pattern of test names. Their
 * shape stands in `list.d.mts`.
 */
export const breakages = [
  // The street's relations.
  {
    name: 'relations forget the street',
    file: 'worker/tenancy/reach.ts',
    edits: [['const here = eq(table.streetId, streetId)', 'const here = sql`true`']],
    in: ['tests/worker/matrix/matrix.test.ts'],
    only: 'GET /api/streets/:streetId/(people|places)',
  },
  {
    name: 'relations forget the reach',
    file: 'worker/tenancy/reach.ts',
    edits: [["if (reach.within === 'street' || declared === 'common') return here", 'if (reach) return here']],
    in: ['tests/worker/scope.test.ts'],
  },
  {
    name: 'what hangs on a hazard forgets the reach',
    file: 'worker/tenancy/reach.ts',
    edits: [['return and(here, sql`exists (select 1 from ${parent} where ${reached})`)', 'return here']],
    in: ['tests/worker/scope.test.ts'],
  },
  {
    name: 'what is for the whole street is shown to a narrower reach',
    file: 'worker/tenancy/reach.ts',
    edits: [["if (typeof declared === 'string') return sql`false`", "if (typeof declared === 'string') return here"]],
    in: ['tests/worker/scope.test.ts'],
  },
  {
    name: 'a hazard is filed out of reach',
    file: 'worker/tenancy/writer.ts',
    edits: [
      ["if (!reached.includes(place)) throw new Problem('forbidden'", "if (!reached) throw new Problem('forbidden'"],
    ],
    in: ['tests/worker/scope.test.ts'],
  },
  {
    name: 'a change forgets street and reach',
    file: 'worker/tenancy/writer.ts',
    edits: [["              within('hazards', streetId, reach),\n", '']],
    in: ['tests/worker/scope.test.ts'],
  },
  {
    name: 'a change is not sealed onto the event before it',
    file: 'worker/tenancy/writer.ts',
    edits: [['              eq(hazards.head, seen.head),\n', '']],
    in: ['tests/worker/scope.test.ts'],
  },
  {
    name: 'a street sees the scores of the others',
    file: 'worker/tenancy/street-scope.ts',
    edits: [['.where(and(its(streetScores), eq(streetScores.streetId, streetId)))', '.where(its(streetScores))']],
    in: ['tests/worker/matrix/matrix.test.ts'],
    only: 'GET /api/streets/:streetId/scores/:period$',
  },
  {
    name: 'a street sees the facts of the others',
    file: 'worker/assessments/store.ts',
    edits: [['fact.street === streetId && fact.indicator === indicator', 'fact.indicator === indicator']],
    in: ['tests/worker/matrix/matrix.test.ts'],
    only: 'GET /api/streets/:streetId/scores/:period/facts',
  },
  // Photos.
  {
    name: 'any photo of the street is shown to anybody in it',
    file: 'worker/tenancy/street-scope.ts',
    edits: [['.some((found) => found.length > 0)', '.some((found) => found.length >= 0)']],
    in: ['tests/worker/photos.test.ts'],
  },
  {
    name: 'another street’s photo may be bound',
    file: 'worker/tenancy/street-scope.ts',
    edits: [
      [
        '.where(and(eq(photos.streetId, this.#street.streetId), among(photos.id, ids),',
        '.where(and(among(photos.id, ids),',
      ],
    ],
    in: ['tests/worker/photos.test.ts'],
  },
  {
    name: 'a district sees a photo under any record',
    file: 'worker/overviews/store.ts',
    edits: [['return found.length > 0', 'return found.length >= 0']],
    in: ['tests/worker/matrix/matrix.test.ts'],
    only: 'GET /api/districts/:districtId/hazards/:streetId/:hazardId/photos',
  },
  // The gates.
  {
    name: 'an ended post opens the street’s gate',
    file: 'worker/tenancy/admit.ts',
    edits: [['          heldAt(streetPosts, now),\n', '']],
    in: ['tests/worker/people.test.ts'],
  },
  {
    name: 'an ended post opens the district’s gate',
    file: 'worker/tenancy/admit.ts',
    edits: [['          heldAt(districtPosts, c.var.now),\n', '']],
    in: ['tests/worker/matrix/matrix.test.ts'],
    only: 'GET /api/districts/:districtId/overview',
    full: true,
  },
  {
    name: 'a post in any street opens every street’s gate',
    file: 'worker/tenancy/admit.ts',
    edits: [
      ['          eq(streetPosts.streetId, id),\n', ''],
      ['.leftJoin(streets, and(eq(streets.id, streetPosts.streetId),', '.leftJoin(streets, and(eq(streets.id, id),'],
    ],
    in: ['tests/worker/gate.test.ts'],
    only: 'is shut to strangers',
  },
  {
    name: 'a post in any district opens every district’s gate',
    file: 'worker/tenancy/admit.ts',
    edits: [
      ['          eq(districtPosts.districtId, id),\n', ''],
      [
        '.leftJoin(districts, and(eq(districts.id, districtPosts.districtId),',
        '.leftJoin(districts, and(eq(districts.id, id),',
      ],
    ],
    in: ['tests/worker/gate.test.ts'],
    only: 'is shut to strangers',
  },
  {
    name: 'outsiders are told 403 instead of 404',
    file: 'worker/tenancy/admit.ts',
    edits: [
      [
        "|| !role || !reach || found.blocked)\n      throw new Problem('not-found')",
        "|| !role || !reach || found.blocked)\n      throw new Problem('forbidden')",
      ],
    ],
    in: ['tests/worker/gate.test.ts'],
    only: 'is shut to strangers',
  },
  {
    name: 'the platform is open to everybody signed in',
    file: 'worker/tenancy/admit.ts',
    edits: [["if (!found.operator) throw new Problem('not-found')", '']],
    in: ['tests/worker/gate.test.ts'],
    only: 'the platform',
  },
  {
    name: 'routes do not ask for their capability',
    file: 'worker/http/route.ts',
    edits: [["if (needs !== 'public' && needs !== 'signed-in') c.get('scope').require(needs)", '']],
    in: ['tests/worker/gate.test.ts'],
    only: 'is shut to each role',
  },
  {
    name: 'grid workers may close hazards',
    file: 'shared/capabilities.ts',
    edits: [["label: '网格员',\n    grants: [", "label: '网格员',\n    grants: ['hazard.close', "]],
    in: ['tests/shared/capabilities.test.ts'],
  },
  {
    // The route asks, and the scope once more when it writes; both ask this.
    name: 'a suspended street writes',
    file: 'worker/tenancy/street-scope.ts',
    edits: [["if (this.#street.suspended) throw new Problem('suspended')", '']],
    in: ['tests/worker/matrix/matrix.test.ts'],
    only: 'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/(closure|assignment)',
  },
  {
    name: 'a suspended district’s streets write',
    file: 'worker/tenancy/admit.ts',
    edits: [['coalesce(${streets.suspendedAt}, ${districts.suspendedAt})', '${streets.suspendedAt}']],
    in: ['tests/worker/matrix/matrix.test.ts'],
    only: 'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/(closure|assignment)',
  },
  // The district.
  {
    name: 'a district sees the streets of every district in its ledger',
    file: 'worker/tenancy/district-scope.ts',
    edits: [
      [
        'const mine = ({ streetId }: { streetId: Column }) => among(streetId, ids)',
        'const mine = ({ streetId }: { streetId: Column }) => sql`${streetId} = ${streetId} or ${ids.length} > 0`',
      ],
    ],
    in: ['tests/worker/matrix/matrix.test.ts'],
    only: 'GET /api/districts/:districtId/(overview|hazards)$',
  },
  {
    name: 'a district sees what other districts own',
    file: 'worker/tenancy/district-scope.ts',
    edits: [
      [
        'const its = ({ districtId: owner }: { districtId: Column }) => eq(owner, districtId)\n  return {\n    hazards: db\n      .select(without(hazards, h.personal, h.detail))',
        'const its = ({ districtId: owner }: { districtId: Column }) => sql`${owner} <> ${districtId} or true`\n  return {\n    hazards: db\n      .select(without(hazards, h.personal, h.detail))',
      ],
    ],
    in: ['tests/worker/matrix/matrix.test.ts'],
    only: 'GET /api/districts/:districtId/notices',
  },
  {
    name: 'any street answers to a district that names it',
    file: 'worker/tenancy/district-scope.ts',
    edits: [
      [
        "if (!street) throw new Problem('not-found')\n    return street",
        "return street ?? { id, slug: '', name: '', shortName: '', suspended: false }",
      ],
    ],
    in: ['tests/worker/matrix/matrix.test.ts'],
    only: 'GET /api/districts/:districtId/hazards/:streetId/:hazardId$',
  },
  {
    name: 'a member unit’s lists show every sector',
    file: 'worker/tenancy/district-scope.ts',
    edits: [['.where(and(mine(hazards), reached))', '.where(mine(hazards))']],
    in: ['tests/worker/district.test.ts'],
  },
  {
    name: 'a member unit opens records of every sector',
    file: 'worker/tenancy/district-scope.ts',
    edits: [
      ['.where(and(its(hazards, hazards.id), reached))\n      .as', '.where(its(hazards, hazards.id))\n      .as'],
    ],
    in: ['tests/worker/district.test.ts'],
  },
  {
    name: 'a district opens a record unseen',
    file: 'worker/tenancy/district-scope.ts',
    edits: [
      ['const [, ...found] = await', 'void log\n    const [...found] = await'],
      ['this.#db.batch([log, ...queries]', 'this.#db.batch([...queries]'],
    ],
    in: ['tests/worker/district.test.ts'],
  },
  {
    name: 'a district’s lists name people',
    file: 'worker/tenancy/district-scope.ts',
    edits: [['.select(without(hazards, h.personal, h.detail))', '.select(without(hazards, h.detail))']],
    in: ['tests/architecture/tables.test.ts'],
  },
  {
    name: 'a district reads names in a story',
    file: 'worker/overviews/store.ts',
    edits: [
      [
        'const named = { responsibleId: null, responsible: null }',
        'const named = { responsibleId: row.filedBy, responsible: row.filedBy }',
      ],
    ],
    in: ['tests/worker/district.test.ts'],
  },
  // What is kept of a deed.
  {
    name: 'a deed leaves no line in the audit',
    file: 'worker/tenancy/deed.ts',
    edits: [['    db.insert(auditLog).values(audit),\n', '']],
    in: ['tests/worker/scope.test.ts'],
  },
  {
    name: 'a district’s deed leaves no line in its log',
    file: 'worker/tenancy/district-scope.ts',
    edits: [
      ['await this.desk.keep([change, this.#logged(capability, subject, why, at)])', 'await this.desk.keep([change])'],
    ],
    in: ['tests/worker/notices.test.ts'],
  },
  {
    name: 'an answer is given again to whoever sends its key',
    file: 'worker/tenancy/desk.ts',
    edits: [
      [
        '.where(and(eq(owner.table.streetId, owner.streetId as never), eq(t.actor, actor), eq(t.key, key)))',
        '.where(eq(t.key, key))',
      ],
    ],
    in: ['tests/worker/matrix/matrix.test.ts'],
    only: 'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/closure',
  },
  {
    name: 'a colleague’s key gives his answer again',
    file: 'worker/tenancy/desk.ts',
    edits: [
      [
        '.where(and(eq(owner.table.streetId, owner.streetId as never), eq(t.actor, actor), eq(t.key, key)))',
        '.where(and(eq(owner.table.streetId, owner.streetId as never), eq(t.key, key)))',
      ],
    ],
    in: ['tests/worker/matrix/matrix.test.ts'],
    only: 'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/closure',
  },
  // Accounts, pages, jobs.
  {
    name: 'a street sets the password of somebody who serves elsewhere too',
    file: 'worker/platform/posts.ts',
    edits: [['if (post.elsewhere)', 'if (post.elsewhere && !post)']],
    in: ['tests/worker/people.test.ts'],
  },
  {
    name: 'a street ends posts in other streets',
    file: 'worker/platform/posts.ts',
    edits: [
      [
        '.where(and(eq(streetPosts.id, postId), eq(streetPosts.streetId, streetId), eq(streetPosts.userId, personId)))',
        '.where(eq(streetPosts.id, postId))',
      ],
    ],
    in: ['tests/worker/people.test.ts'],
  },
  {
    name: 'a draft of a notice is a public page',
    file: 'worker/platform/published.ts',
    edits: [[', isNotNull(n.publishedAt)))\n  return found?.html', '))\n  return found?.html']],
    in: ['tests/worker/matrix/matrix.test.ts'],
    only: 'GET /p/:slug/:number',
    full: true,
  },
  {
    name: 'a job seals the events of every street',
    file: 'worker/tenancy/district-scope.ts',
    edits: [
      [
        '.where(and(eq(e.streetId, streetId), sql`${e.receivedAt} >= ${from}',
        '.where(and(sql`${e.receivedAt} >= ${from}',
      ],
    ],
    in: ['tests/worker/matrix/jobs.test.ts'],
  },
  {
    name: 'changes are taken from any origin',
    file: 'worker/http/guards.ts',
    edits: [["throw new Problem('foreign-origin')", 'await next()\n      return']],
    in: ['tests/worker/sessions.test.ts', 'tests/worker/input.test.ts', 'tests/worker/headers.test.ts'],
  },
]
