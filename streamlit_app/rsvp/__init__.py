"""Answer pages for guests, apart from the dashboards: plain HTML without script or cookie; a GET changes nothing."""
