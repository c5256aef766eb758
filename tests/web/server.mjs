/** A real HTTP server on loopback for the modules that speak with one. */
import { createServer } from 'node:http';

/** Serves `answer(request, response, body)`; paths of fetch are its own until `close` is called. */
export async function serve(answer) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    answer(request, response, body ? JSON.parse(body) : null);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const ordinary = globalThis.fetch;
  globalThis.fetch = (path, options) => ordinary(new URL(path, origin), options);
  return {
    async close() {
      globalThis.fetch = ordinary;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(response, status, body, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(body === null ? undefined : JSON.stringify(body));
}
