// Starts the NocoDB found through NODE_PATH on loopback only, in German, and stops it without losing a request.
// Told by environment: PORT, NC_* (see kontaktnetz/embedded/process.py). Exit code 98: the port is taken.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const express = require('express');
const { Noco } = require('nocodb');

const HOST = '127.0.0.1';
const PORT = Number(process.env.PORT || 8080);
const LAST_REQUESTS_MS = 5000; // how long running requests may take after a stop was asked for
const PORT_TAKEN = 98;

// NocoDB takes the LAST language of the browser's list, so a German browser that also names English would see English.
const GERMAN_FIRST = '<script>try{localStorage.getItem("nocodb-gui-v2")||' +
  'localStorage.setItem("nocodb-gui-v2",JSON.stringify({lang:"de"}))}catch(e){}</script>';

// The interface knows a chat, fonts and picture services elsewhere: the browser is told to ask nobody but us.
const ONLY_US = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'; base-uri 'self'";

function startPage() {
  const gui = path.dirname(require.resolve('nc-lib-gui/package.json'));
  const html = fs.readFileSync(path.join(gui, 'lib', 'dist', 'index.html'), 'utf8');
  return html.replace('<html>', '<html lang="de">').replace('<head>', '<head>' + GERMAN_FIRST);
}

function stopOn(signals, server) {
  // An open pipe at stdin is a launcher that wants us to end with it, even when it is killed.
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), LAST_REQUESTS_MS).unref();
  };
  for (const signal of signals) process.on(signal, stop);
  if (fs.fstatSync(0).isFIFO()) process.stdin.on('end', stop).resume();
}

async function main() {
  const app = express();
  app.disable('x-powered-by');
  const page = startPage();
  app.use((request, response, next) => {
    response.set('Content-Security-Policy', ONLY_US);
    next();
  });
  app.use('/dashboard', (request, response, next) => {
    if (request.method !== 'GET' || !['/', '/index.html'].includes(request.path)) return next();
    if (!request.originalUrl.startsWith('/dashboard/')) return response.redirect('/dashboard/');
    return response.set('Cache-Control', 'no-cache').type('html').send(page);
  });
  const server = app.listen(PORT, HOST);
  server.on('error', (problem) => {
    console.error(problem);
    process.exit(problem.code === 'EADDRINUSE' ? PORT_TAKEN : 1);
  });
  stopOn(['SIGTERM', 'SIGINT'], server);
  app.use(await Noco.init({}, server, app));
  console.log(`NocoDB: http://${HOST}:${PORT}/dashboard/`);
}

main().catch((problem) => {
  console.error(problem);
  process.exit(1);
});
