import fc from 'fast-check';

// The gate must say the same of the same code, so properties are tried from one seed there. To hunt for what it does
// not meet: PROPERTY_SEED=random, or any number.
const said = process.env['PROPERTY_SEED'] ?? '1';
if (said !== 'random') fc.configureGlobal({ seed: Number(said) });
