package app.aicallservice.android.news;

import android.content.Context;
import android.content.SharedPreferences;
import android.util.Base64;
import app.aicallservice.android.KeyVault;
import app.aicallservice.android.core.Offers;
import app.aicallservice.android.core.ServerClient;
import app.aicallservice.android.core.WebPush;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * What this phone knows about hearing news: how (a push distributor, or looking every 15 minutes), and the keys for it,
 * sealed. One registration at a time; its token tells our distributor from every other app.
 */
final class NewsStore {
    static final String OFF = "off";
    static final String PUSH = "push";
    static final String POLL = "poll";
    /** What the screens follow. */
    static final String ENDPOINT = "endpoint";
    static final String FAILURE = "failure";
    static final String MODE = "mode";

    final SharedPreferences preferences;

    NewsStore(Context context) {
        preferences = context.getSharedPreferences("news", Context.MODE_PRIVATE);
    }

    String mode() {
        return preferences.getString(MODE, OFF);
    }

    String distributor() {
        return preferences.getString("distributor", null);
    }

    String token() {
        return preferences.getString("token", null);
    }

    String endpoint() {
        return preferences.getString(ENDPOINT, null);
    }

    /** Why the distributor did not register us, in its own word, or null. */
    String failure() {
        return preferences.getString(FAILURE, null);
    }

    /** Begins a registration: a new token and new keys, so that an old endpoint can no longer reach us. */
    void beginPush(String distributor) throws GeneralSecurityException {
        byte[] keys = WebPush.generate(new SecureRandom()).toStored();
        String sealed = KeyVault.seal(Base64.encodeToString(keys, Base64.NO_WRAP));
        forget();
        preferences
            .edit()
            .putString("distributor", distributor)
            .putString("token", UUID.randomUUID().toString())
            .putString("keys", sealed)
            .putString(MODE, PUSH)
            .apply();
    }

    /** Compared in constant time: any app may send us broadcasts, and the token is all that tells them apart. */
    boolean isOurToken(String token) {
        String ours = token();
        if (ours == null || token == null) return false;
        return MessageDigest.isEqual(ours.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    void setEndpoint(String endpoint) {
        preferences.edit().putString(ENDPOINT, endpoint).remove(FAILURE).apply();
    }

    void setFailure(String reason) {
        preferences.edit().putString(FAILURE, reason).remove(ENDPOINT).apply();
    }

    /** Null when nothing is registered, or when the Keystore was reset. */
    WebPush keys() {
        String sealed = preferences.getString("keys", null);
        String text = sealed == null ? null : KeyVault.open(sealed);
        if (text == null) return null;
        try {
            return WebPush.fromStored(Base64.decode(text, Base64.NO_WRAP));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    /** From now on the phone looks by itself, with a key that may only read calls. {@code lastId} is old already. */
    void beginPolling(String server, String readKey, long lastId) throws GeneralSecurityException {
        String sealed = KeyVault.seal(readKey);
        forget();
        preferences.edit().putString("server", server).putString("readKey", sealed).putLong("lastId", lastId).putString(MODE, POLL).apply();
    }

    /** Null when the phone does not look by itself, or when the key can no longer be opened. */
    ServerClient client() {
        String server = preferences.getString("server", null);
        String sealed = preferences.getString("readKey", null);
        String key = sealed == null ? null : KeyVault.open(sealed);
        return server == null || key == null ? null : new ServerClient(server, key);
    }

    long lastId() {
        return preferences.getLong("lastId", 0);
    }

    void setLastId(long lastId) {
        preferences.edit().putLong("lastId", lastId).apply();
    }

    /** Offers an order under a new word: a link from elsewhere orders nothing. */
    String offer(String callId, String order) {
        String word = UUID.randomUUID().toString();
        Offers offers = Offers.fromStored(preferences.getString("offers", ""));
        offers.add(word, order, callId, System.currentTimeMillis());
        preferences.edit().putString("offers", offers.toStored()).apply();
        return word;
    }

    /** Null for any word that stands for nothing now. */
    Offers.Offer redeem(String word) {
        Offers offers = Offers.fromStored(preferences.getString("offers", ""));
        Offers.Offer offer = offers.redeem(word, System.currentTimeMillis());
        preferences.edit().putString("offers", offers.toStored()).apply();
        return offer;
    }

    /** Nothing of the last person stays: no endpoint, no key, no offered order. */
    void forget() {
        preferences.edit().clear().apply();
    }
}
