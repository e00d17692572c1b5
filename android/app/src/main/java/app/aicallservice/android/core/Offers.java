package app.aicallservice.android.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.json.JSONException;
import org.json.JSONObject;

/**
 * The orders that notifications offer, each under a word that nobody can guess. A word counts once, for ten minutes; one
 * order given makes the other buttons of that call worthless.
 */
public final class Offers {
    static final long LASTS_MS = 600_000;

    public static final class Offer {
        public final String order;
        public final String callId;

        private Offer(String order, String callId) {
            this.order = order;
            this.callId = callId;
        }
    }

    private final JSONObject offers;

    private Offers(JSONObject offers) {
        this.offers = offers;
    }

    /** Text that cannot be read holds no offers. */
    public static Offers fromStored(String stored) {
        try {
            return new Offers(new JSONObject(stored));
        } catch (JSONException e) {
            return new Offers(new JSONObject());
        }
    }

    public String toStored() {
        return offers.toString();
    }

    /** What has run out makes room. */
    public void add(String word, String order, String callId, long nowMs) {
        for (String each : words()) if (isOver(each, nowMs)) offers.remove(each);
        try {
            offers.put(word, new JSONObject().put("order", order).put("callId", callId).put("at", nowMs));
        } catch (JSONException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Null for a word that was never given, was used, or has run out. */
    public Offer redeem(String word, long nowMs) {
        JSONObject found = offers.optJSONObject(word);
        if (found == null || isOver(word, nowMs)) return null;
        Offer offer = new Offer(found.optString("order"), found.optString("callId"));
        for (String each : words()) {
            JSONObject other = offers.optJSONObject(each);
            if (other != null && other.optString("callId").equals(offer.callId)) offers.remove(each);
        }
        return offer;
    }

    /** A clock that was set back ends an offer as well: better none than one for ever. */
    private boolean isOver(String word, long nowMs) {
        JSONObject offer = offers.optJSONObject(word);
        long ageMs = offer == null ? LASTS_MS : nowMs - offer.optLong("at");
        return ageMs < 0 || ageMs >= LASTS_MS;
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        for (Iterator<?> each = offers.keys(); each.hasNext(); ) words.add((String) each.next());
        return words;
    }
}
