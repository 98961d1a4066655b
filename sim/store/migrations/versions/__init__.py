"""The steps. One that was released is never changed; the archive in the tests replays them all."""
