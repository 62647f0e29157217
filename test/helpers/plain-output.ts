// Where the tests run is nobody's terminal, but a runner in CI asks for colours, and the commands that tests start would
// inherit the wish: what they print is compared as a pipe gets it.
delete process.env['FORCE_COLOR'];
delete process.env['NO_COLOR'];
