package app.aicallservice.android.news;

import android.app.job.JobInfo;
import android.app.job.JobParameters;
import android.app.job.JobScheduler;
import android.app.job.JobService;
import android.content.ComponentName;
import android.content.Context;
import app.aicallservice.android.core.NewsFeed;
import app.aicallservice.android.core.ServerClient;
import java.io.IOException;

/** Without a push distributor: a look at the newest calls every 15 minutes, the shortest period that Android grants. */
public final class PollJob extends JobService {
    private static final int JOB_ID = 4218;
    private static final long PERIOD_MS = 15 * 60_000;
    private static final int TIMEOUT_MS = 10_000;
    private static final int MOST_CALLS = 20;

    static void schedule(Context context) {
        JobInfo job =
            new JobInfo.Builder(JOB_ID, new ComponentName(context, PollJob.class))
                .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
                .setPeriodic(PERIOD_MS)
                .setPersisted(true)
                .build();
        scheduler(context).schedule(job);
    }

    static void cancel(Context context) {
        scheduler(context).cancel(JOB_ID);
    }

    private static JobScheduler scheduler(Context context) {
        return (JobScheduler) context.getSystemService(Context.JOB_SCHEDULER_SERVICE);
    }

    @Override
    public boolean onStartJob(JobParameters parameters) {
        new Thread(
                () -> {
                    look(new NewsStore(this));
                    jobFinished(parameters, false);
                },
                "news")
            .start();
        return true;
    }

    @Override
    public boolean onStopJob(JobParameters parameters) {
        return false;
    }

    /** A server that is away is asked again in 15 minutes; one that refuses the key is not asked any more. */
    private void look(NewsStore store) {
        ServerClient client = store.client();
        if (client == null) {
            cancel(this);
            return;
        }
        try {
            ServerClient.Answer answer = client.getCalls(MOST_CALLS, TIMEOUT_MS);
            if (answer.isKeyRefused()) {
                store.forget();
                store.setFailure("KEY_REFUSED");
                cancel(this);
                return;
            }
            NewsFeed feed = answer.status == 200 ? NewsFeed.read(answer.body, store.lastId()) : null;
            // Signing out while the answer was on its way: nothing is shown, nothing is written.
            if (feed == null || !store.mode().equals(NewsStore.POLL)) return;
            store.setLastId(feed.lastId);
            NewsNotice.show(this, feed);
        } catch (IOException e) {
            // Away. The next look is scheduled already.
        }
    }
}
