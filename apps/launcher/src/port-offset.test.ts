import { describe, expect, it } from 'vitest';
import { PortOffsetError, readPortOffset } from './port-offset.ts';

const complaint = (text: string): string => {
  try {
    readPortOffset(text);
  } catch (error) {
    if (error instanceof PortOffsetError) return error.message;
    throw error;
  }
  return '';
};

describe('--port-offset', () => {
  it.each(['0', '1000', '12000', '56071'])('takes %s', (text) => {
    expect(readPortOffset(text)).toBe(Number(text));
  });
  it.each(['-1', '1.5', '', 'x', '1e3', '56072', '999999'])('refuses "%s", and names a good one', (text) => {
    expect(complaint(text)).toBe('--port-offset must be a whole number from 0 to 56071, such as 1000.');
  });
  it('refuses what puts a port where browsers do not go, and names a good one', () => {
    expect(complaint('3000')).toBe(
      '--port-offset 3000 puts a port on 6000, which browsers refuse to call: take 3001 instead.',
    );
    // 2061 would be 5061.
    expect(complaint('2060')).toContain('take 2062 instead');
  });
  it('refuses no port that fetch itself would call', async () => {
    const blocked = new Set<number>();
    for (let offset = 0; offset <= 8_000; offset++) {
      const port = / on (\d+),/.exec(complaint(String(offset)))?.[1];
      if (port !== undefined) blocked.add(Number(port));
    }
    expect(blocked.size).toBe(15);
    for (const port of blocked) {
      await expect(fetch(`http://localhost:${port}`)).rejects.toMatchObject({ cause: new Error('bad port') });
    }
  });
});
