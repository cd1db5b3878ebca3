import { expect, it } from 'vitest';
import { sampleConnection, sampleIdentity } from '../test/samples.ts';
import { curlLine } from './curl-line.ts';

const origin = 'https://relay.example.com';

it('calls a path that the policy lets through, with the token left to the shell', () => {
  const connection = sampleConnection({
    rules: [
      { name: 'write', clients: [], methods: ['POST'], paths: ['/issues'] },
      {
        name: 'elsewhere',
        clients: [],
        methods: ['GET'],
        paths: ['/x'],
        base_urls: ['https://other.example'],
      },
      { name: 'read', clients: [], methods: ['GET'], paths: ['/repos/:owner', '/user/repos'] },
    ],
  });
  expect(curlLine(origin, 'github|1001', sampleIdentity(), connection)).toBe(
    `curl -H "Authorization: Bearer $RELAY_TOKEN" 'https://relay.example.com/v1/users/github%7C1001/idp/github/user/repos?identity=1001'`,
  );
});

it('says where the path goes when no rule has a plain one', () => {
  expect(curlLine(origin, 'github|1001', sampleIdentity(), undefined)).toContain('/idp/github/PATH?');
});

it('lets no id break out of the quotes', () => {
  const identity = sampleIdentity({ connection: "a'b", idp_user_id: "1'; rm -rf ~; '" });
  const [, quoted] = curlLine(origin, "x|'$(id)", identity, undefined).split(" '");
  expect(quoted?.slice(0, -1)).not.toContain("'");
});
