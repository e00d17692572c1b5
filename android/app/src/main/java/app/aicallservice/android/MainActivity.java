package app.aicallservice.android;

import android.os.Bundle;
import app.aicallservice.android.callscreen.CallScreenPlugin;
import app.aicallservice.android.news.NewsPlugin;
import com.getcapacitor.BridgeActivity;

public class MainActivity extends BridgeActivity {
    @Override
    public void onCreate(Bundle savedInstanceState) {
        registerPlugin(CallScreenPlugin.class);
        registerPlugin(NewsPlugin.class);
        super.onCreate(savedInstanceState);
    }
}
