package app.aicallservice.android.news;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.util.Log;
import app.aicallservice.android.core.PushMessage;
import app.aicallservice.android.core.WebPush;
import java.security.GeneralSecurityException;

/**
 * What the push distributor says. Exported, because the distributor is another app; every app may therefore call it, so
 * nothing counts without our token, and a message counts only when it was encrypted for this phone's keys.
 */
public final class PushReceiver extends BroadcastReceiver {
    private static final String TAG = "PushReceiver";
    private static final String PREFIX = "org.unifiedpush.android.connector.";
    private static final int MAX_ENDPOINT = 2048;

    @Override
    public void onReceive(Context context, Intent intent) {
        NewsStore store = new NewsStore(context);
        String action = intent.getAction();
        if (action == null || !action.startsWith(PREFIX) || !store.isOurToken(intent.getStringExtra("token"))) return;
        switch (action.substring(PREFIX.length())) {
            case "NEW_ENDPOINT":
                onEndpoint(store, intent.getStringExtra("endpoint"));
                break;
            case "MESSAGE":
                onMessage(context, store, intent.getByteArrayExtra("bytesMessage"));
                break;
            case "REGISTRATION_FAILED":
                store.setFailure(word(intent.getStringExtra("reason")));
                break;
            case "UNREGISTERED":
                store.setFailure("UNREGISTERED");
                break;
            default:
                // TEMP_UNAVAILABLE: the endpoint stays ours and comes back by itself.
                break;
        }
        String messageId = intent.getStringExtra("id");
        if (messageId != null) Distributors.acknowledge(context, store, messageId);
    }

    private static void onEndpoint(NewsStore store, String endpoint) {
        if (endpoint == null || endpoint.length() > MAX_ENDPOINT || !endpoint.startsWith("https://")) store.setFailure("ENDPOINT");
        else store.setEndpoint(endpoint);
    }

    private static void onMessage(Context context, NewsStore store, byte[] body) {
        WebPush keys = store.keys();
        if (keys == null || body == null) return;
        try {
            PushMessage message = PushMessage.read(keys.open(body));
            if (message != null) NewsNotice.show(context, store, message);
        } catch (GeneralSecurityException e) {
            Log.w(TAG, "a push message was not for this phone");
        }
    }

    /** The distributor's reason is a word such as NETWORK; anything else is a failure all the same. */
    private static String word(String reason) {
        return reason != null && reason.matches("[A-Z_]{1,40}") ? reason : "INTERNAL_ERROR";
    }
}
