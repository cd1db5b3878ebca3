/** The arrows between the rooms: apps -> packages, never back; the heart knows the catalogue alone. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-imports-an-app',
      severity: 'error',
      from: { path: '^(packages|tenant|actions)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-do-not-meet',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'idp-catalogue-is-a-leaf',
      severity: 'error',
      from: { path: '^packages/idp-catalogue/' },
      to: { path: '^(packages|apps|tenant)/', pathNot: '^packages/idp-catalogue/' },
    },
    {
      name: 'idp-tokens-knows-the-catalogue-alone',
      severity: 'error',
      from: { path: '^packages/idp-tokens/src/', pathNot: '[.]test[.]ts$' },
      to: { path: '^(packages|apps|tenant)/', pathNot: '^packages/(idp-tokens|idp-catalogue)/' },
    },
    {
      name: 'idp-tokens-is-framework-free',
      severity: 'error',
      from: { path: '^packages/idp-tokens/src/', pathNot: '[.]test[.]ts$' },
      to: { path: '(fastify|express|/pg/|pglite|kysely)' },
    },
    {
      name: 'store-knows-the-heart-alone',
      severity: 'error',
      from: { path: '^packages/store/' },
      to: { path: '^(packages|apps|tenant)/', pathNot: '^packages/(store|idp-tokens)/' },
    },
    {
      name: 'relay-configuration-knows-the-heart-and-the-catalogue',
      severity: 'error',
      from: { path: '^packages/relay-configuration/' },
      to: {
        path: '^(packages|apps|tenant)/',
        pathNot: '^packages/(relay-configuration|idp-tokens|idp-catalogue)/',
      },
    },
    {
      name: 'tenant-doctor-knows-heart-catalogue-and-operators-file',
      severity: 'error',
      from: { path: '^packages/tenant-doctor/src/', pathNot: '[.]test[.]ts$' },
      to: {
        path: '^(packages|apps|tenant|actions)/',
        pathNot: '^packages/(tenant-doctor|relay-configuration|idp-tokens|idp-catalogue)/',
      },
    },
    {
      // Its code runs in Auth0, where nothing else of the project is.
      name: 'actions-know-nobody',
      severity: 'error',
      from: { path: '^actions/src/', pathNot: '[.]test[.]ts$' },
      to: { path: '^(packages|apps|tenant)/' },
    },
    {
      name: 'local-tenant-is-for-tests-the-benchmark-and-the-launcher',
      severity: 'error',
      from: {
        path: '^(apps|packages|actions|tenant)/',
        pathNot: '([.]test[.]ts$|/test/|^packages/(local-tenant|bench)/|^apps/launcher/)',
      },
      to: { path: '^packages/local-tenant/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)node_modules/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.js', '.mjs'],
    },
  },
};
