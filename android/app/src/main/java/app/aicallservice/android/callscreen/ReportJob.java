package app.aicallservice.android.callscreen;

import android.app.job.JobInfo;
import android.app.job.JobParameters;
import android.app.job.JobScheduler;
import android.app.job.JobService;
import android.content.ComponentName;
import android.content.Context;
import app.aicallservice.android.core.Backoff;
import app.aicallservice.android.core.ReportQueue;
import app.aicallservice.android.core.ServerClient;
import java.io.IOException;
import java.util.Random;

/** Sends waiting reports when there is a network. JobScheduler starts it; no service runs in the background. */
public final class ReportJob extends JobService {
    private static final int JOB_ID = 4217;
    private static final int TIMEOUT_MS = 10_000;
    private volatile boolean isStopped;

    /** Runs when a network is there, {@code afterMs} from now at the earliest. Scheduling again replaces the wait. */
    static void schedule(Context context, long afterMs) {
        JobInfo job =
            new JobInfo.Builder(JOB_ID, new ComponentName(context, ReportJob.class))
                .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
                .setMinimumLatency(afterMs)
                .setPersisted(true)
                .build();
        ((JobScheduler) context.getSystemService(Context.JOB_SCHEDULER_SERVICE)).schedule(job);
    }

    @Override
    public boolean onStartJob(JobParameters parameters) {
        isStopped = false;
        new Thread(
                () -> {
                    send(new ScreenStore(this));
                    jobFinished(parameters, false);
                },
                "call-reports")
            .start();
        return true;
    }

    @Override
    public boolean onStopJob(JobParameters parameters) {
        isStopped = true;
        return true;
    }

    private void send(ScreenStore store) {
        ServerClient client = store.client();
        if (client == null) return;
        for (ReportQueue.Entry entry = store.queue.oldest(); entry != null && !isStopped; entry = store.queue.oldest()) {
            try {
                ServerClient.Answer answer = client.postCall(entry.report.toJson(ScreenStore.REPORT), TIMEOUT_MS);
                if (answer.isKeyRefused()) {
                    store.setMode(ScreenStore.OFF);
                    return;
                }
                if (answer.isTemporary()) {
                    tryLater(store);
                    return;
                }
                store.queue.remove(entry);
                store.setFailures(0);
            } catch (IOException e) {
                tryLater(store);
                return;
            }
        }
    }

    private void tryLater(ScreenStore store) {
        int failures = store.failures() + 1;
        store.setFailures(failures);
        schedule(this, Backoff.afterMs(failures, new Random()));
    }
}
