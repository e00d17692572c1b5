package app.aicallservice.android.core;

import static org.junit.Assert.assertTrue;

import java.util.Random;
import org.junit.Test;

public class BackoffTest {
    @Test
    public void waitsLongerAfterEachFailureAndNeverMoreThanAnHourAndAnEighth() {
        Random random = new Random(7);
        long before = 0;
        for (int failures = 1; failures <= 7; failures++) {
            long waitMs = Backoff.afterMs(failures, random);
            assertTrue(failures + ": " + waitMs, waitMs > before);
            before = waitMs;
        }
        for (int failures : new int[] {8, 100, Integer.MAX_VALUE}) {
            long waitMs = Backoff.afterMs(failures, random);
            assertTrue(waitMs >= Backoff.LONGEST_MS * 7 / 8 && waitMs <= Backoff.LONGEST_MS * 9 / 8);
        }
        assertTrue(Backoff.afterMs(0, random) >= Backoff.FIRST_MS * 7 / 8);
    }
}
