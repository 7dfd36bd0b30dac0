// Checks who imports whom (.dependency-cruiser.cjs) and that anything was looked at at all:
// with a compiler it does not know, dependency-cruiser finds no modules and no faults.
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import rules from '../.dependency-cruiser.cjs';

const result = await cruise(
  ['src', 'client/src', 'tests'],
  { ...rules.options, ruleSet: { forbidden: rules.forbidden }, validate: true },
  undefined,
  { tsConfig: extractTSConfig('tsconfig.json') },
);
const { violations, totalCruised, totalDependenciesCruised } = result.output.summary;
for (const { rule, from, to, cycle } of violations) {
  const path = cycle?.length
    ? [from, ...cycle.map((step) => step.name)].join(' -> ')
    : `${from} -> ${to}`;
  process.stdout.write(`${rule.name}: ${path}\n`);
}
process.stdout.write(
  `boundaries: ${violations.length} broken, ${totalCruised} modules and ${totalDependenciesCruised} imports seen\n`,
);
process.exitCode = violations.length > 0 || totalCruised === 0 ? 1 : 0;
