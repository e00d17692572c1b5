package app.aicallservice.android.core;

import java.util.Random;

/** Waits that double from 30 s to an hour, each with a quarter of jitter, so that phones do not come back all at once. */
public final class Backoff {
    static final long FIRST_MS = 30_000;
    static final long LONGEST_MS = 3_600_000;

    private Backoff() {}

    /** Milliseconds to wait after {@code failures} failures in a row (1 and up). */
    public static long afterMs(int failures, Random random) {
        int doublings = Math.max(0, Math.min(failures - 1, 20));
        long base = Math.min(FIRST_MS << doublings, LONGEST_MS);
        return base - base / 8 + (long) (random.nextDouble() * base / 4);
    }
}
