import { checkUp, probe } from '../../app/doctor.ts';
import type { Outside } from '../../ports/outside.ts';
import type { Finding } from '../../model/checkup.ts';
import { nodeGit } from '../../ports/node-git.ts';
import { checksText, doctorJson, findingText, hasFailed } from '../../report/doctor-text.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { exitCodes } from '../../app/exit-codes.ts';
import type { Output } from '../terminal/output.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import { openProgress } from './progress.ts';
import { openConfig } from './shared.ts';

export interface DoctorFlags extends CommonFlags {
  readonly probe?: boolean;
}

/** Checks everything a sync needs and says how to fix it; with --probe it also asks the remote about its habits. */
export async function doctorCommand(outside: Outside, output: Output, flags: DoctorFlags): Promise<number> {
  output.progress('Looking at everything …');
  const onCall = openProgress(output, outside.clock).onCall;
  const node = { version: process.versions.node, least: manifest.engines.node.replace('>=', '') };
  const readConfig = () => openConfig(outside, flags);
  const { checks, config, isConnected } = await checkUp({ readConfig, git: nodeGit, node, onCall }, outside);
  output.text(checksText(checks, output.style));
  let findings: Finding[] | null = null;
  if (flags.probe === true && config !== null && isConnected) {
    findings = [];
    output.text('\n');
    for await (const finding of probe(config, onCall, outside)) {
      findings.push(finding);
      output.text(findingText(finding, output.style));
    }
  } else if (flags.probe === true) {
    output.note('Nothing was asked: the probe needs a connection.');
  }
  output.json(doctorJson(checks, findings));
  return hasFailed(checks) ? exitCodes.failed : exitCodes.done;
}
