package app.aicallservice.android.news;

import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.content.pm.ResolveInfo;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The apps on this phone that deliver push messages without Google (UnifiedPush, Android specification 3): ntfy and
 * others. Everything between them and us is a broadcast to one package.
 */
final class Distributors {
    private static final String PREFIX = "org.unifiedpush.android.distributor.";
    private static final String REGISTER = PREFIX + "REGISTER";
    private static final String UNREGISTER = PREFIX + "UNREGISTER";
    private static final String MESSAGE_ACK = PREFIX + "MESSAGE_ACK";

    private Distributors() {}

    /** Package and the name that its owner knows it by. */
    static Map<String, String> installed(Context context) {
        PackageManager packages = context.getPackageManager();
        Map<String, String> found = new LinkedHashMap<>();
        for (ResolveInfo each : packages.queryBroadcastReceivers(new Intent(REGISTER), 0)) {
            if (each.activityInfo == null || each.activityInfo.packageName.equals(context.getPackageName())) continue;
            found.put(each.activityInfo.packageName, String.valueOf(each.activityInfo.applicationInfo.loadLabel(packages)));
        }
        return found;
    }

    /** Asks for an endpoint. The answer comes to {@link PushReceiver}. {@code vapid}: the server's public key. */
    static void register(Context context, NewsStore store, String vapid) {
        // The pending intent proves who asks; a distributor of the older specification reads `application`.
        PendingIntent proof =
            PendingIntent.getBroadcast(context, 0, new Intent("app.aicallservice.android.PROOF").setPackage(context.getPackageName()), PendingIntent.FLAG_IMMUTABLE);
        send(
            context,
            store,
            new Intent(REGISTER).putExtra("pi", proof).putExtra("application", context.getPackageName()).putExtra("vapid", vapid));
    }

    static void unregister(Context context, NewsStore store) {
        if (store.token() != null) send(context, store, new Intent(UNREGISTER));
    }

    /** A message that is not acknowledged comes again. */
    static void acknowledge(Context context, NewsStore store, String messageId) {
        send(context, store, new Intent(MESSAGE_ACK).putExtra("id", messageId));
    }

    private static void send(Context context, NewsStore store, Intent intent) {
        context.sendBroadcast(intent.setPackage(store.distributor()).putExtra("token", store.token()));
    }
}
