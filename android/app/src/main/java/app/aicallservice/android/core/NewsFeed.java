package app.aicallservice.android.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** The calls that are new since the phone last looked, from the answer of GET /api/v1/calls. */
public final class NewsFeed {
    public static final class Item {
        public final String callId;
        /** A name, else the number, else null for a withheld number. */
        public final String caller;
        public final boolean isMessage;

        private Item(String callId, String caller, boolean isMessage) {
            this.callId = callId;
            this.caller = caller;
            this.isMessage = isMessage;
        }
    }

    /** Oldest first. */
    public final List<Item> items;
    /** Where the next look begins. Never smaller than before, so that nothing is told twice. */
    public final long lastId;

    private NewsFeed(List<Item> items, long lastId) {
        this.items = Collections.unmodifiableList(items);
        this.lastId = lastId;
    }

    /**
     * Calls with an id above {@code afterId} that their owner has not read elsewhere; tries with one's own line and calls
     * that this phone reported itself are no news. Null when the answer cannot be understood: look again later.
     */
    public static NewsFeed read(String answer, long afterId) {
        try {
            JSONArray calls = new JSONObject(answer).getJSONArray("calls");
            List<Item> items = new ArrayList<>();
            long lastId = afterId;
            for (int i = 0; i < calls.length(); i++) {
                JSONObject call = calls.getJSONObject(i);
                long id = call.getLong("id");
                lastId = Math.max(lastId, id);
                String source = call.optString("source");
                if (id <= afterId || call.optBoolean("isRead") || source.equals("try") || source.equals("app")) continue;
                items.add(new Item(call.getString("callId"), caller(call), "voicemail".equals(call.optString("action"))));
            }
            Collections.reverse(items);
            return new NewsFeed(items, lastId);
        } catch (JSONException e) {
            return null;
        }
    }

    private static String caller(JSONObject call) {
        String name = text(call, "callerName");
        String organisation = text(call, "organisation");
        if (name != null) return organisation == null ? name : name + ", " + organisation;
        if (organisation != null) return organisation;
        String number = text(call, "callerNumber");
        return number != null && number.matches(".*[0-9].*") ? number : null;
    }

    private static String text(JSONObject call, String field) {
        String text = call.isNull(field) ? "" : call.optString(field).trim();
        return text.isEmpty() ? null : text;
    }
}
