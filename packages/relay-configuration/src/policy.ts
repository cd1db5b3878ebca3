import { LRUCache } from 'lru-cache';

/** One rule of the policy: these clients may make these calls of these connections. */
export interface PolicyRule {
  readonly name: string;
  /** Names of clients, as {@link PolicyDocument.clients} has them. */
  readonly clients: readonly string[];
  readonly connections: readonly string[];
  readonly methods: readonly string[];
  /** URL patterns of the path below the base URL. */
  readonly paths: readonly string[];
  /** Base URLs that the rule holds for; the connection's default one when left out. */
  readonly base_urls?: readonly string[] | undefined;
}

/** What the operators wrote. */
export interface PolicyDocument {
  /** Client ids by name. */
  readonly clients: Readonly<Record<string, string>>;
  readonly rules: readonly PolicyRule[];
}

/** A call, as the policy sees it. */
export interface PolicyQuestion {
  readonly clientId: string;
  readonly connection: string;
  readonly method: string;
  /** Path below the base URL, beginning with a slash, without a query. */
  readonly path: string;
  /** Where the call would go; left out as long as it is not known, and then nothing is refused for it. */
  readonly baseUrl?: {
    readonly url: string;
    /** True for the connection's first one. */
    readonly isDefault: boolean;
  };
}

/** The policy's answer: the rule that lets the call through, or the part that no rule grants. */
export type PolicyAnswer =
  | { readonly allowed: true; readonly rule: string }
  | { readonly allowed: false; readonly missing: 'client' | 'connection' | 'base_url' | 'method' | 'path' };

/** Which client may call what. Everything that no rule names is refused. */
export interface Policy {
  ask(question: PolicyQuestion): PolicyAnswer;
  /** Rules that speak of a connection, for operators to read. */
  rulesOf(connection: string): readonly PolicyRule[];
  /** The name under which the policy knows a client id. */
  clientName(clientId: string): string | undefined;
}

interface CompiledRule extends PolicyRule {
  readonly clientIds: ReadonlySet<string>;
  readonly patterns: readonly URLPattern[];
}

/** The order in which a refusal is narrowed down: the first part that no remaining rule grants is the one to name. */
type Step = readonly [
  missing: Exclude<PolicyAnswer, { allowed: true }>['missing'],
  grants: (rule: CompiledRule, question: PolicyQuestion) => boolean,
];
const steps: readonly Step[] = [
  ['client', (rule, { clientId }) => rule.clientIds.has(clientId)],
  ['connection', (rule, { connection }) => rule.connections.includes(connection)],
  [
    'base_url',
    (rule, { baseUrl }) =>
      baseUrl === undefined ||
      (rule.base_urls === undefined ? baseUrl.isDefault : rule.base_urls.includes(baseUrl.url)),
  ],
  ['method', (rule, { method }) => rule.methods.includes(method)],
  ['path', (rule, { path }) => rule.patterns.some((pattern) => pattern.test({ pathname: path }))],
];

/** How many answers are kept, some 300 bytes each; paths may hold ids, and there are as many of those as anybody likes. */
const mostAnswers = 1_000;
/** Characters. */
const longestKeptPath = 200;

/** Compiles the rules. Names and patterns must have been checked before. */
export function createPolicy(document: PolicyDocument): Policy {
  const compiled: readonly CompiledRule[] = document.rules.map((rule) => ({
    ...rule,
    clientIds: new Set(rule.clients.flatMap((name) => document.clients[name] ?? [])),
    patterns: rule.paths.map((pathname) => new URLPattern({ pathname })),
  }));
  /** Apps make the same calls again and again, and patterns take a while to match. */
  const answers = new LRUCache<string, PolicyAnswer>({ max: mostAnswers });
  const answer = (question: PolicyQuestion): PolicyAnswer => {
    let candidates = compiled;
    for (const [missing, grants] of steps) {
      candidates = candidates.filter((rule) => grants(rule, question));
      if (candidates.length === 0) return { allowed: false, missing };
    }
    return { allowed: true, rule: candidates[0]?.name ?? '' };
  };
  const names = new Map(Object.entries(document.clients).map(([name, clientId]) => [clientId, name]));

  return {
    ask: (question) => {
      if (question.path.length > longestKeptPath) return answer(question);
      const { clientId, connection, method, path, baseUrl } = question;
      const key = JSON.stringify([clientId, connection, method, path, baseUrl?.isDefault, baseUrl?.url]);
      const known = answers.get(key) ?? answer(question);
      answers.set(key, known);
      return known;
    },
    rulesOf: (connection) => document.rules.filter((rule) => rule.connections.includes(connection)),
    clientName: (clientId) => names.get(clientId),
  };
}
