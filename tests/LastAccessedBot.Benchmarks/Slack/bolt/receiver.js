// The fastest that Bolt can be set up: its HTTP receiver alone, signatures checked, everything acknowledged at once, nothing done.
'use strict';
const { HTTPReceiver, LogLevel } = require('@slack/bolt');

const receiver = new HTTPReceiver({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  endpoints: ['/slack/commands'],
  logLevel: LogLevel.ERROR,
});
receiver.init({ processEvent: (event) => event.ack() });
receiver.start({ host: '127.0.0.1', port: 0 }).then((server) => console.log(`Now listening on: http://127.0.0.1:${server.address().port}`));
