import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

/** One request to a sink. */
export interface Delivery {
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly text: string;
}

const Address = z.object({ port: z.number() });
const Item = z.object({ log_id: z.string(), data: z.looseObject({ log_id: z.string(), type: z.string() }) });

/** A webhook on this machine that ends with the test. It answers the statuses in turn, and then 204. */
export async function startSink(statuses: number[] = []) {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      const { authorization, 'content-type': contentType } = request.headers;
      deliveries.push({ authorization, contentType, text });
      response.writeHead(statuses.shift() ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = Address.parse(server.address());
  return { url: `http://127.0.0.1:${String(port)}/logs`, deliveries };
}

/** The events of a delivery as JSONARRAY. */
export function itemsOf({ text }: Delivery): z.infer<typeof Item>[] {
  return z.array(Item).parse(JSON.parse(text));
}
