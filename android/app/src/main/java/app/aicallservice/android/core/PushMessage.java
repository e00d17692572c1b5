package app.aicallservice.android.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** What the server tells this phone in a push message: PushMessage of lib/notify/contract.ts. */
public final class PushMessage {
    public static final String TAKE = "take";
    public static final String VOICEMAIL = "voicemail";
    private static final List<String> ORDERS = Arrays.asList(TAKE, VOICEMAIL);
    private static final int MAX_TEXT = 500;

    /** {@code incoming} while somebody is on the line, {@code message}, or {@code test}. */
    public final String kind;
    public final String title;
    public final String body;
    /** The call's own word, or null in a test. */
    public final String callId;
    /** What the owner may order from the notification: known orders only. */
    public final List<String> orders;

    private PushMessage(String kind, String title, String body, String callId, List<String> orders) {
        this.kind = kind;
        this.title = title;
        this.body = body;
        this.callId = callId;
        this.orders = Collections.unmodifiableList(orders);
    }

    public boolean isIncoming() {
        return kind.equals("incoming") && callId != null;
    }

    /** Null when the text is not such a message: a newer server, or something else altogether. */
    public static PushMessage read(String text) {
        try {
            JSONObject json = new JSONObject(text);
            String title = clip(json.getString("title"));
            if (title.isEmpty()) return null;
            String callId = json.isNull("callId") ? null : json.getString("callId");
            List<String> orders = new ArrayList<>();
            JSONArray actions = json.optJSONArray("actions");
            for (int i = 0; callId != null && actions != null && i < actions.length(); i++) {
                String order = actions.optString(i);
                if (ORDERS.contains(order) && !orders.contains(order)) orders.add(order);
            }
            return new PushMessage(json.getString("kind"), title, clip(json.optString("body")), callId, orders);
        } catch (JSONException e) {
            return null;
        }
    }

    private static String clip(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
