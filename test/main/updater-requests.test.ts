import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { getFeedHosts, restrictRequests } from '../../src/main/updater';

const app = vi.hoisted(() => ({ isPackaged: true }));
vi.mock('electron', () => ({ app }));
vi.mock('../../src/main/logger', () => ({ log: {} }));

class FakeRequest extends EventEmitter {
  isSent = false;
  isAborted = false;

  end(): void {
    this.isSent = true;
  }

  abort(): void {
    this.isAborted = true;
  }
}

let request: FakeRequest;
let response: EventEmitter;
let errors: string[];
let respond: (response: EventEmitter) => void;

beforeEach(() => {
  app.isPackaged = true;
  request = new FakeRequest();
  response = new EventEmitter();
  errors = [];
});

function send(hostname: string, protocol?: string, maxBytes = 10): void {
  const httpExecutor = {
    createRequest: (_target: object, onResponse: (response: EventEmitter) => void) => {
      respond = onResponse;
      return request;
    },
  };
  restrictRequests({ httpExecutor }, ['feed.example', '.files.example'], () => maxBytes);
  httpExecutor.createRequest({ hostname, protocol }, (answer) => {
    answer.on('error', ({ message }: Error) => errors.push(message));
  });
  request.on('error', ({ message }: Error) => errors.push(message));
  request.end();
}

describe('requests of the updater', () => {
  test.each(['feed.example', 'a.files.example'])('reach %s', (host) => {
    send(host);
    expect(request.isSent).toBe(true);
  });

  test.each([
    ['other.example', 'https:'],
    ['files.example.evil', 'https:'],
    ['feed.example', 'http:'],
    ['127.0.0.1', 'http:'],
  ])('never reach %s by %s', async (host, protocol) => {
    send(host, protocol);
    await vi.waitFor(() => {
      expect(errors).toHaveLength(1);
    });
    expect(request.isSent).toBe(false);
  });

  test('are cut off at their size limit', () => {
    send('feed.example');
    respond(response);
    response.emit('data', Buffer.alloc(10));
    expect(request.isAborted).toBe(false);
    for (let count = 0; count < 3; count += 1) response.emit('data', Buffer.alloc(1));
    expect(request.isAborted).toBe(true);
    expect(errors).toEqual(['net::ERR_RESPONSE_TOO_LARGE']);
  });
});

test.each([
  [
    'provider: github\nowner: a\nrepo: b',
    ['github.com', 'api.github.com', '.githubusercontent.com'],
  ],
  ['provider: generic\nurl: https://feed.example/x\n', ['feed.example']],
  ['', []],
])('getFeedHosts returns the hosts of %j', (config, hosts) => {
  expect(getFeedHosts(config)).toEqual(hosts);
});
