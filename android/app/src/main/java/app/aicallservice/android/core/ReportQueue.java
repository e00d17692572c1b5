package app.aicallservice.android.core;

import java.io.DataInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reports that wait for the server, one file each, so that a killed process or an empty battery loses none. Files are
 * written aside and renamed, so a report is there whole or not at all. The oldest of more than 500 gives way.
 */
public final class ReportQueue {
    static final int MAX_REPORTS = 500;
    private static final String ENDING = ".report";
    private final File folder;

    public ReportQueue(File folder) {
        this.folder = folder;
    }

    /** @throws IOException when the disk is full or not writable: the call itself goes on. */
    public synchronized void add(CallReport report) throws IOException {
        if (!folder.isDirectory() && !folder.mkdirs()) throw new IOException("cannot make " + folder.getName());
        String name = String.format(Locale.ROOT, "%013d-%08x%s", report.atMs, report.callId.hashCode(), ENDING);
        File aside = new File(folder, name + ".part");
        try (FileOutputStream out = new FileOutputStream(aside)) {
            out.write(report.toStored().getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        }
        if (!aside.renameTo(new File(folder, name))) throw new IOException("cannot keep the report");
        File[] kept = files();
        for (int i = 0; i < kept.length - MAX_REPORTS; i++) delete(kept[i]);
    }

    /** The oldest report, or null when none waits. A file that cannot be read is dropped on the way. */
    public synchronized Entry oldest() {
        for (File file : files()) {
            try {
                CallReport report = CallReport.fromStored(read(file));
                if (report != null) return new Entry(file, report);
            } catch (IOException e) {
                // Unreadable for good: the next line lets the queue go on.
            }
            delete(file);
        }
        return null;
    }

    public synchronized void remove(Entry entry) {
        delete(entry.file);
    }

    public synchronized int size() {
        return files().length;
    }

    /** Signing out leaves nothing behind. */
    public synchronized void clear() {
        File[] all = folder.listFiles();
        if (all != null) for (File file : all) delete(file);
    }

    private File[] files() {
        File[] found = folder.listFiles((dir, name) -> name.endsWith(ENDING));
        if (found == null) return new File[0];
        Arrays.sort(found);
        return found;
    }

    /** By hand: java.nio.file came with Android 8, and the app runs on 7. */
    private static String read(File file) throws IOException {
        try (DataInputStream in = new DataInputStream(new FileInputStream(file))) {
            byte[] bytes = new byte[(int) file.length()];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static void delete(File file) {
        if (!file.delete() && file.exists()) file.deleteOnExit();
    }

    public static final class Entry {
        private final File file;
        public final CallReport report;

        private Entry(File file, CallReport report) {
            this.file = file;
            this.report = report;
        }
    }
}
