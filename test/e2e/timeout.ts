/** A test of a real engine runs several commands of seconds each, on machines that may be busy. */
jest.setTimeout(180_000);
