package app.aicallservice.android.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ReportQueueTest {
    @Rule public final TemporaryFolder temporary = new TemporaryFolder();
    private File folder;

    @Before
    public void makeFolder() {
        folder = new File(temporary.getRoot(), "reports");
    }

    private static CallReport report(String id, long atMs) {
        return new CallReport(id, "+4930\"1\\", "my phone", atMs);
    }

    @Test
    public void givesReportsBackOldestFirstAlsoAfterARestart() throws IOException {
        new ReportQueue(folder).add(report("b", 2000));
        new ReportQueue(folder).add(report("a", 1000));
        ReportQueue queue = new ReportQueue(folder);
        ReportQueue.Entry first = queue.oldest();
        assertEquals("a", first.report.callId);
        assertEquals("+4930\"1\\", first.report.callerNumber);
        assertEquals(1000, first.report.atMs);
        queue.remove(first);
        assertEquals("b", queue.oldest().report.callId);
    }

    @Test
    public void stepsOverAFileThatACrashCutShort() throws IOException {
        ReportQueue queue = new ReportQueue(folder);
        queue.add(report("whole", 2000));
        Files.write(new File(folder, "0000000000001-x.report").toPath(), "{\"id\":\"cu".getBytes("UTF-8"));
        assertEquals("whole", queue.oldest().report.callId);
        assertEquals(1, queue.size());
    }

    @Test
    public void neverGrowsWithoutEnd() throws IOException {
        ReportQueue queue = new ReportQueue(folder);
        for (int i = 0; i < ReportQueue.MAX_REPORTS + 5; i++) queue.add(report("r" + i, i));
        assertEquals(ReportQueue.MAX_REPORTS, queue.size());
        assertEquals("r5", queue.oldest().report.callId);
    }

    @Test
    public void keepsNothingAfterSigningOut() throws IOException {
        ReportQueue queue = new ReportQueue(folder);
        queue.add(report("a", 1));
        queue.clear();
        assertNull(queue.oldest());
        assertEquals(0, folder.listFiles().length);
    }
}
