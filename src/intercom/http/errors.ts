import { ShelfmarkError, UnknownOutcome } from '../../model/error.ts';
import type { Answer, Attempt, Call, Complaint } from './failures.ts';
import { saysCode, saysGone } from './failures.ts';
import { isSuccess } from './retry.ts';

/** Cuts and cleans what a server said, and takes the token out of it. */
export type Quote = (text: string, length?: number) => string;

/** The error for a call that was given up. */
export function failedCall(call: Call, attempt: Attempt, quote: Quote): ShelfmarkError {
  if (attempt.came !== 'answer') return failedExchange(call, attempt.came, attempt.reason);
  const { answer } = attempt;
  const said = describeAnswer(answer, quote);
  if (call.method === 'POST' && !isRefusal(answer)) {
    const form = answer.json === undefined ? ', which is not JSON' : '';
    return unknownOutcome(call, `Intercom answered ${said}${form}`, fateAfter(answer));
  }
  const text = textOf(call, answer);
  return new ShelfmarkError(text.code, {
    message: `${nameCall(call)}: ${text.what ?? 'Intercom refused it'}. It answered ${said}. ${stateAfter(call, answer)}`,
    hint: text.hint,
  });
}

/** The error for an answer that is JSON but not of the form that Intercom gives. */
export function oddAnswer(call: Call, where: string): ShelfmarkError {
  if (call.method === 'POST')
    return unknownOutcome(call, `the answer has an unknown form (${where})`, 'done');
  return new ShelfmarkError('UNEXPECTED_ANSWER', {
    message: `${nameCall(call)}: the answer does not have the form that Intercom gives (${where}). ${stateOf(call)}`,
    hint: 'Check that the address is that of Intercom\'s API and not of a proxy; "shelfmark doctor" tells more.',
  });
}

/** The error for a POST that was interrupted after it had been sent. */
export function interruptedCreate(call: Call): UnknownOutcome {
  return unknownOutcome(call, 'it was interrupted');
}

/** What is known of a call that brought no answer to be trusted: whether it may still be carried out, or was. */
export type Fate = 'open' | 'over' | 'done';

export function fateOf(error: UnknownOutcome): Fate {
  return error instanceof LostAnswer ? error.fate : 'open';
}

/** The error for a create whose answer got lost and that no look at the newest entries brought up. */
export function notCreated(error: UnknownOutcome, what: string): ShelfmarkError {
  return new ShelfmarkError('NOT_CREATED', {
    message: `${lostPart(error)} It was not carried out: it is not among the newest ${what}.`,
    hint: 'Run again: it is created then.',
  });
}

/** The entry that a write is about was deleted by somebody in the meantime. */
export const entryGone = 'ENTRY_GONE';

export function nameCall(call: Call): string {
  return `${call.method} ${call.path} (${call.subject})`;
}

function failedExchange(
  call: Call,
  came: Exclude<Attempt['came'], 'answer'>,
  reason: string,
): ShelfmarkError {
  switch (came) {
    case 'unsent':
    case 'barred':
      return new ShelfmarkError('UNREACHABLE', {
        message: `${nameCall(call)}: Intercom cannot be reached, ${reason}. Nothing was sent.`,
        hint: 'Check the network, the proxy and the region in sync.config.yaml (or INTERCOM_URL), then run again.',
      });
    case 'lost':
      if (call.method === 'POST') return unknownOutcome(call, reason);
      return new ShelfmarkError('NO_ANSWER', {
        message: `${nameCall(call)}: ${reason}, also when tried again. ${stateOf(call)}`,
        hint: 'Run again later; status.intercom.com reports outages.',
      });
    case 'oversize':
      if (call.method === 'POST') return unknownOutcome(call, reason);
      return new ShelfmarkError('ANSWER_TOO_LARGE', {
        message: `${nameCall(call)}: ${reason}. ${stateOf(call)}`,
        hint: 'Check that the address is that of Intercom\'s API; "shelfmark doctor" tells more.',
      });
  }
}

class LostAnswer extends UnknownOutcome {
  readonly fate: Fate;
  /** What happened, as a sentence. */
  readonly reason: string;

  constructor(reason: string, fate: Fate) {
    super('UNKNOWN_OUTCOME', {
      message: `${reason} Whether it was carried out is not known; it was not sent again.`,
      hint: 'Run again: it looks for what was created before it creates anything.',
    });
    this.fate = fate;
    this.reason = reason;
  }
}

function unknownOutcome(call: Call, reason: string, fate: Fate = 'open'): UnknownOutcome {
  return new LostAnswer(`${nameCall(call)}: ${reason}.`, fate);
}

function lostPart(error: UnknownOutcome): string {
  return error instanceof LostAnswer ? error.reason : error.message;
}

/** An error in Intercom's own words ends a call; a page of a gateway does not, as the call may live on behind it. */
function fateAfter(answer: Answer): Fate {
  if (isSuccess(answer.status)) return 'done';
  return answer.complaint === null ? 'open' : 'over';
}

/** Only a refusal in Intercom's own form is sure not to have been carried out. */
function isRefusal(answer: Answer): boolean {
  const { status, complaint } = answer;
  return status >= 400 && status < 500 && status !== 408 && complaint !== null;
}

interface Text {
  readonly code: string;
  readonly what?: string;
  readonly hint: string;
}

function textOf(call: Call, answer: Answer): Text {
  const { status, json } = answer;
  if (status === 429) {
    return {
      code: 'RATE_LIMITED',
      what: 'the rate limit was reached again and again',
      hint: 'Other apps of the workspace may be using it up. Run again later.',
    };
  }
  if (isSuccess(status) || status === 405) return json === undefined ? notJson : refused;
  if (status >= 300 && status < 400) return redirected;
  if (status >= 500 || status === 408) {
    return {
      code: 'SERVER_FAILED',
      what: 'Intercom failed, also when tried again',
      hint: 'Run again later; status.intercom.com reports outages.',
    };
  }
  if (status === 401) return tokenRefused;
  if (status === 403) return forbiddenText(answer);
  if (saysCode(answer, 'intercom_version_invalid')) return versionRefused;
  if (saysGone(answer) && call.method !== 'POST') {
    return {
      code: entryGone,
      what: 'Intercom has no such entry (any more)',
      hint: 'Somebody deleted it in the meantime; run again to plan anew.',
    };
  }
  if (answer.complaint === null) return json === undefined ? notJson : notIntercom;
  return refused;
}

const notJson: Text = {
  code: 'NOT_JSON',
  what: 'the answer is not JSON',
  hint: 'A proxy, a firewall or a login page may stand in between; check the address and try again.',
};

const notIntercom: Text = {
  code: 'NOT_INTERCOM',
  what: 'the answer does not come from Intercom',
  hint: 'Check the region in sync.config.yaml, and INTERCOM_URL where it is set: the path is unknown there.',
};

const redirected: Text = {
  code: 'REDIRECTED',
  what: 'the call was to be sent elsewhere, which is never followed, since the token and your texts would go along',
  hint: 'Check the region in sync.config.yaml, and INTERCOM_URL where it is set.',
};

const tokenRefused: Text = {
  code: 'TOKEN_REFUSED',
  what: 'Intercom does not accept the access token for this',
  hint: 'Check INTERCOM_TOKEN: that it is complete, of the right workspace, and that its admin may write articles.',
};

const versionRefused: Text = {
  code: 'VERSION_REFUSED',
  what: 'Intercom does not offer this in the API version that was asked for',
  hint: 'Set remote.version in sync.config.yaml to "2.11".',
};

const refused: Text = {
  code: 'REFUSED_BY_REMOTE',
  hint: 'Correct the entry as Intercom asks, then run again.',
};

function forbiddenText(answer: Answer): Text {
  if (saysCode(answer, 'api_plan_restricted')) {
    return {
      code: 'FORBIDDEN',
      what: "the workspace's plan does not include this",
      hint: 'Ask whoever looks after the subscription of the workspace.',
    };
  }
  return {
    code: 'FORBIDDEN',
    what: 'the access token lacks a permission',
    hint: 'In the Developer Hub, give the app the permission to read and write articles, then copy the token again.',
  };
}

/** What Intercom answered, in one phrase that its support can work with. */
function describeAnswer(answer: Answer, quote: Quote): string {
  const id = answer.complaint?.requestId ?? answer.headers['x-request-id'] ?? null;
  const request = id === null ? '' : ` (request ${quote(id, 60)})`;
  return `${answer.status}${describeComplaint(answer.complaint, quote)}${request}`;
}

function describeComplaint(complaint: Complaint | null, quote: Quote): string {
  if (complaint === null) return '';
  const said = complaint.errors.slice(0, 3).map((one) => {
    const message = quote(one.message);
    return message === '' ? quote(one.code, 60) : `${quote(one.code, 60)}: "${message}"`;
  });
  return ` ${said.join('; ')}`;
}

/** In what state a call leaves things that was answered. */
function stateAfter(call: Call, answer: Answer): string {
  if (call.method === 'GET' || isRefusal(answer)) return 'Nothing was changed by it.';
  return stateOf(call);
}

function stateOf(call: Call): string {
  return call.method === 'GET'
    ? 'Nothing was changed by it.'
    : 'It may or may not have been carried out; the next run looks.';
}
