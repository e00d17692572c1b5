package app.aicallservice.android.callscreen;

import android.Manifest;
import android.app.NotificationChannel;
import android.app.NotificationManager;
import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.os.Build;
import androidx.core.app.NotificationCompat;
import androidx.core.app.NotificationManagerCompat;
import androidx.core.content.ContextCompat;
import app.aicallservice.android.MainActivity;
import app.aicallservice.android.R;
import app.aicallservice.android.core.Verdict;

/** Tells the owner what was done with a call that did not ring, and why. */
final class CallNotice {
    private static final String CHANNEL = "screened_calls";

    private CallNotice() {}

    static void show(Context context, Verdict verdict) {
        // Below Android 13 this answers whether the owner allows notifications of the app.
        if (ContextCompat.checkSelfPermission(context, Manifest.permission.POST_NOTIFICATIONS) != PackageManager.PERMISSION_GRANTED) return;
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.O) {
            NotificationChannel channel =
                new NotificationChannel(CHANNEL, context.getString(R.string.screened_calls), NotificationManager.IMPORTANCE_LOW);
            context.getSystemService(NotificationManager.class).createNotificationChannel(channel);
        }
        Intent open = new Intent(context, MainActivity.class).setFlags(Intent.FLAG_ACTIVITY_SINGLE_TOP);
        int title = verdict.treatment == Verdict.Treatment.DECLINE ? R.string.call_declined : R.string.call_silenced;
        NotificationManagerCompat.from(context)
            .notify(
                (int) System.currentTimeMillis(),
                new NotificationCompat.Builder(context, CHANNEL)
                    .setSmallIcon(R.drawable.ic_call_notice)
                    .setContentTitle(context.getString(title))
                    .setContentText(verdict.reason)
                    .setVisibility(NotificationCompat.VISIBILITY_PRIVATE)
                    .setAutoCancel(true)
                    .setContentIntent(PendingIntent.getActivity(context, 0, open, PendingIntent.FLAG_IMMUTABLE))
                    .build());
    }
}
