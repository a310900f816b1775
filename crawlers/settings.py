"""Scrapy's settings, for ``scrapy crawl`` and for ``python -m crawlers`` alike. Per-outlet values are the loader's."""

from crawlers.agent import AGENT, build_user_agent

BOT_NAME = "pantau"
USER_AGENT = build_user_agent()  # a plan with a contact names it
SPIDER_LOADER_CLASS = "crawlers.loader.RecipeLoader"
SPIDER_MODULES: list[str] = []

# One outlet per crawler, one request at a time: nothing overtakes a pause, and the newest articles come first.
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the spider knows its addresses better
SCHEDULER_PRIORITY_QUEUE = "scrapy.pqueues.ScrapyPriorityQueue"
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
DOWNLOAD_DELAY_JITTER = 0.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = AGENT
RETRY_TIMES = 3
RETRY_HTTP_CODES = [429, 500, 502, 503, 504, 522, 524]
RETRY_PRIORITY_ADJUST = 10  # a retry goes before what waits
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # counted as an outcome
PANTAU_BACKOFF = 0.5  # seconds, first pause after a fault
REDIRECT_MAX_TIMES = 6
DOWNLOAD_TIMEOUT = 20  # seconds for a whole answer; plan and recipe may say otherwise
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024  # bytes, packed and unpacked
DOWNLOAD_WARNSIZE = 0

# Scrapy loads whatever its lists named _BASE hold, also what a project leaves out: web servers, cloud storage, a list
# of public suffixes. That cost a crawl as much as forty pages. So everything that takes part is named here.
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "crawlers.politeness.Guard": 50,
    "crawlers.politeness.Robots": 100,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "crawlers.politeness.Retries": 550,
    "crawlers.bodies.Bodies": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
    "crawlers.proxies.Proxies": 750,
    "crawlers.certificates.Certificates": 900,
}
DOWNLOAD_HANDLERS_BASE: dict[str, str] = {}
DOWNLOAD_HANDLERS = {"http": "crawlers.connections.Handler", "https": "crawlers.connections.Handler"}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}  # every status has its outcome; the spider bounds depth and addresses
SPIDER_MIDDLEWARES = {"scrapy.spidermiddlewares.referer.RefererMiddleware": 700}
EXTENSIONS_BASE: dict[str, int] = {}
EXTENSIONS = {
    "scrapy.extensions.feedexport.FeedExporter": 0,  # for ``scrapy crawl -O``
    "scrapy.extensions.throttle.AutoThrottle": 0,
}
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "id,en;q=0.5",
}

# What Scrapy does for every response by default and nobody here asks for.
CONCURRENT_ITEMS = 1  # workers started for each response to take what the spider yields
WARN_ON_GENERATOR_RETURN_VALUE = False  # reads the source of the callbacks
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"  # the ledger counts
STATS_DUMP = False
LOG_LEVEL = "INFO"
LOG_VERSIONS: list[str] = []
FEED_EXPORT_ENCODING = "utf-8"
