package app.aicallservice.android.news;

import android.Manifest;
import android.app.Notification;
import android.app.NotificationChannel;
import android.app.NotificationManager;
import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.net.Uri;
import android.os.Build;
import androidx.core.app.NotificationCompat;
import androidx.core.app.NotificationManagerCompat;
import androidx.core.content.ContextCompat;
import app.aicallservice.android.MainActivity;
import app.aicallservice.android.R;
import app.aicallservice.android.core.NewsFeed;
import app.aicallservice.android.core.PushMessage;

/** Shows news: loudly while somebody is on the line, quietly what happened before. A tap opens the call. */
final class NewsNotice {
    private static final String LIVE = "live_calls";
    private static final String PAST = "past_calls";
    /** Somebody who calls is gone, or answered, after this. */
    private static final long LIVE_MS = 120_000;
    /** More than this at once are told as one. */
    private static final int MOST_AT_ONCE = 3;
    /** One for all: the tag tells notices apart. */
    private static final int ID = 1;

    private NewsNotice() {}

    static void show(Context context, NewsStore store, PushMessage message) {
        NotificationCompat.Builder notice = builder(context, message.isIncoming() ? LIVE : PAST, message.title, message.body);
        if (message.isIncoming()) {
            notice.setCategory(NotificationCompat.CATEGORY_CALL).setPriority(NotificationCompat.PRIORITY_HIGH).setTimeoutAfter(LIVE_MS);
            notice.setContentIntent(open(context, "aicall://live"));
            for (String order : message.orders) {
                int word = order.equals(PushMessage.TAKE) ? R.string.take : R.string.voicemail;
                notice.addAction(0, context.getString(word), open(context, "aicall://live?order=" + store.offer(message.callId, order)));
            }
        } else {
            notice.setContentIntent(open(context, link(message.callId)));
        }
        post(context, String.valueOf(message.callId), notice.build());
    }

    static void show(Context context, NewsFeed feed) {
        if (feed.items.size() > MOST_AT_ONCE) {
            String title = context.getString(R.string.more_calls, feed.items.size());
            post(context, "news", builder(context, PAST, title, "").setContentIntent(open(context, link(null))).build());
            return;
        }
        for (NewsFeed.Item item : feed.items) {
            String caller = item.caller == null ? context.getString(R.string.withheld) : item.caller;
            String title = context.getString(item.isMessage ? R.string.left_message : R.string.called, caller);
            post(context, item.callId, builder(context, PAST, title, "").setContentIntent(open(context, link(item.callId))).build());
        }
    }

    /** A button does not close its notification; an order that was given does. */
    static void dismiss(Context context, String callId) {
        NotificationManagerCompat.from(context).cancel(callId, ID);
    }

    private static String link(String callId) {
        return callId == null ? "aicall://inbox" : "aicall://calls/" + Uri.encode(callId);
    }

    private static NotificationCompat.Builder builder(Context context, String channel, String title, String text) {
        return new NotificationCompat.Builder(context, channel)
            .setSmallIcon(R.drawable.ic_call_notice)
            .setContentTitle(title)
            .setContentText(text)
            .setVisibility(NotificationCompat.VISIBILITY_PRIVATE)
            .setAutoCancel(true);
    }

    /** Our own activity by name, so that no other app can catch the link. */
    private static PendingIntent open(Context context, String link) {
        Intent intent = new Intent(Intent.ACTION_VIEW, Uri.parse(link), context, MainActivity.class).setFlags(Intent.FLAG_ACTIVITY_SINGLE_TOP);
        return PendingIntent.getActivity(context, link.hashCode(), intent, PendingIntent.FLAG_IMMUTABLE | PendingIntent.FLAG_UPDATE_CURRENT);
    }

    /** The call is the tag: a later notice of the same call replaces the earlier one. */
    private static void post(Context context, String tag, Notification notice) {
        // Below Android 13 this answers whether the owner allows notifications of the app.
        if (ContextCompat.checkSelfPermission(context, Manifest.permission.POST_NOTIFICATIONS) != PackageManager.PERMISSION_GRANTED) return;
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.O) {
            NotificationManager notifications = context.getSystemService(NotificationManager.class);
            notifications.createNotificationChannel(
                new NotificationChannel(LIVE, context.getString(R.string.live_calls), NotificationManager.IMPORTANCE_HIGH));
            notifications.createNotificationChannel(
                new NotificationChannel(PAST, context.getString(R.string.past_calls), NotificationManager.IMPORTANCE_LOW));
        }
        NotificationManagerCompat.from(context).notify(tag, ID, notice);
    }
}
