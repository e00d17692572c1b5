package app.aicallservice.android.callscreen;

import android.net.Uri;
import android.os.Build;
import android.telecom.Call;
import android.telecom.CallScreeningService;
import android.util.Log;
import androidx.annotation.RequiresApi;
import app.aicallservice.android.core.CallReport;
import app.aicallservice.android.core.CallerNumber;
import app.aicallservice.android.core.ServerClient;
import app.aicallservice.android.core.Verdict;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Android asks this service about every incoming call of somebody who is not in the phone's contacts, and waits 5 s at
 * most. We answer within 3 s, and every doubt (no server, no answer, a strange answer) lets the phone ring.
 */
@RequiresApi(Build.VERSION_CODES.Q)
public final class CallScreener extends CallScreeningService {
    private static final String TAG = "CallScreener";
    private final ExecutorService network = Executors.newCachedThreadPool();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    @Override
    public void onScreenCall(Call.Details details) {
        ScreenStore store = new ScreenStore(this);
        if (details.getCallDirection() != Call.Details.DIRECTION_INCOMING || store.mode().equals(ScreenStore.OFF)) {
            respondToCall(details, new CallResponse.Builder().build());
            return;
        }
        Uri handle = details.getHandle();
        CallReport report =
            new CallReport(
                "android-" + UUID.randomUUID(),
                CallerNumber.fromHandle(handle == null ? null : handle.toString()),
                store.label(),
                details.getCreationTimeMillis());
        if (store.mode().equals(ScreenStore.SCREEN)) ask(details, report, store);
        else reportLater(details, report, store);
    }

    private void reportLater(Call.Details details, CallReport report, ScreenStore store) {
        respondToCall(details, new CallResponse.Builder().build());
        keep(report, store);
    }

    private void ask(Call.Details details, CallReport report, ScreenStore store) {
        AtomicBoolean isAnswered = new AtomicBoolean();
        clock.schedule(
            () -> {
                if (answerOnce(isAnswered, details, Verdict.doubt("")) ) keep(report, store);
            },
            CallReport.DEADLINE_MS,
            TimeUnit.MILLISECONDS);
        network.execute(
            () -> {
                Verdict verdict = Verdict.doubt("");
                boolean isHeard = false;
                try {
                    ServerClient client = store.client();
                    if (client != null) {
                        ServerClient.Answer answer = client.postCall(report.toJson(ScreenStore.SCREEN), CallReport.DEADLINE_MS);
                        isHeard = answer.status == 200;
                        if (isHeard) verdict = Verdict.fromAnswer(answer.body);
                    }
                } catch (IOException e) {
                    Log.w(TAG, "the server did not answer");
                }
                if (answerOnce(isAnswered, details, verdict) && !isHeard) keep(report, store);
            });
    }

    private boolean answerOnce(AtomicBoolean isAnswered, Call.Details details, Verdict verdict) {
        if (!isAnswered.compareAndSet(false, true)) return false;
        CallResponse.Builder response = new CallResponse.Builder();
        switch (verdict.treatment) {
            case DECLINE:
                response.setDisallowCall(true).setRejectCall(true).setSkipNotification(true);
                break;
            case SILENCE:
                response.setSilenceCall(true);
                break;
            default:
                break;
        }
        respondToCall(details, response.build());
        if (verdict.treatment != Verdict.Treatment.ALLOW) CallNotice.show(this, verdict);
        return true;
    }

    private void keep(CallReport report, ScreenStore store) {
        try {
            store.queue.add(report);
            ReportJob.schedule(this, 0);
        } catch (IOException e) {
            Log.w(TAG, "the report could not be kept");
        }
    }

    @Override
    public void onDestroy() {
        network.shutdown();
        clock.shutdown();
        super.onDestroy();
    }
}
