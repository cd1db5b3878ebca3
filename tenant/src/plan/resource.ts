import { z } from 'zod';

/** A resource as the Management API shows it, or as tenant.yaml names it: fields by name. */
export const Resource = z.record(z.string(), z.unknown());
export type Resource = z.infer<typeof Resource>;
