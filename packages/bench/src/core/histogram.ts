/** Upper bounds (in the metric's unit) and how many were at most that; the last bound is infinite. */
export type Histogram = readonly { readonly upTo: number; readonly count: number }[];

/**
 * Reads one histogram from Prometheus' text format, all its label sets as one.
 * @returns undefined: there is no such metric
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function readHistogram(text: string, name: string): Histogram | undefined {
  const counts = new Map<number, number>();
  for (const line of text.split('\n')) {
    if (!line.startsWith(`${name}_bucket{`)) continue;
    const [, bound = '', count = ''] = /[{,]le="([^"]+)"[^}]*\} (\S+)/.exec(line) ?? [];
    const upTo = bound === '+Inf' ? Number.POSITIVE_INFINITY : Number(bound);
    counts.set(upTo, (counts.get(upTo) ?? 0) + Number(count));
  }
  if (counts.size === 0) return undefined;
  return [...counts].sort(([one], [other]) => one - other).map(([upTo, count]) => ({ upTo, count }));
}

/** What was observed between two readings of one histogram. */
export function observedBetween(before: Histogram | undefined, after: Histogram): Histogram {
  return after.map(({ upTo, count }, index) => ({ upTo, count: count - (before?.[index]?.count ?? 0) }));
}

/**
 * A quantile, by a straight line within its bucket, as Prometheus' histogram_quantile has it.
 * @param quantile from 0 to 1
 * @returns NaN: nothing was observed
 */
export function quantileOf(histogram: Histogram, quantile: number): number {
  const rank = quantile * (histogram.at(-1)?.count ?? 0);
  let from = { upTo: 0, count: 0 };
  for (const bucket of histogram) {
    if (bucket.count >= rank && bucket.count > from.count) {
      // Beyond the last finite bound nothing more is known.
      if (!Number.isFinite(bucket.upTo)) return from.upTo;
      const share = (rank - from.count) / (bucket.count - from.count);
      return from.upTo + (bucket.upTo - from.upTo) * share;
    }
    from = bucket;
  }
  return Number.NaN;
}
