"""The survey of technology level: points of firms become levels, profiles and potential."""
