/** A test on a real engine runs several commands that take seconds each, on machines that may be busy. */
jest.setTimeout(180_000);
